from django.urls import path

from paths import views

urlpatterns = [
    path("", views.path_list, name="path-list"),
    path("model_server.py", views.model_server_file, name="model-server"),
    path("<slug:slug>/", views.path_detail, name="path"),
    path("<slug:path_slug>/<slug:slug>/", views.lesson_detail, name="lesson"),
]
