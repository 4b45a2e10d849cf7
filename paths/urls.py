from django.urls import path, re_path

from paths import views
from paths.files import NAME

urlpatterns = [
    path("", views.path_list, name="path-list"),
    path("model_server.py", views.program, {"name": "model_server.py"}, name="model-server"),
    path("local_model.py", views.program, {"name": "local_model.py"}, name="local-model"),
    path("model/", views.practice_model, name="practice-model"),  # a slug that no path may have
    path("<slug:slug>/", views.path_detail, name="path"),
    path("<slug:path_slug>/<slug:slug>/", views.lesson_detail, name="lesson"),
    path(
        "<slug:path_slug>/<slug:slug>.ipynb",
        views.lesson_takeaway,
        {"suffix": "ipynb"},
        name="lesson-notebook",
    ),
    path(
        "<slug:path_slug>/<slug:slug>.py",
        views.lesson_takeaway,
        {"suffix": "py"},
        name="lesson-script",
    ),
    re_path(
        rf"^(?P<path_slug>[-\w]+)/(?P<slug>[-\w]+)/(?P<name>{NAME})\Z",
        views.lesson_file,
        name="lesson-file",
    ),
]
